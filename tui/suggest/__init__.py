"""What a program can see in two statements: how alike they are, and in what they differ. It proposes, people record."""
