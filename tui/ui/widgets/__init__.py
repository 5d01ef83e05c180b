"""What screens are made of. Widgets are given what they show and hold no rules of the domain."""
