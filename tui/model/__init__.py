"""The values everything else speaks of. They are immutable and know nothing of files, stores or screens."""
