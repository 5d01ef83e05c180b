"""What `variorum doctor` examines, one module an area, and mends where that is safe.

An examination only reads. What it finds it says with how to mend it; where that can be done without losing or deciding
anything, the finding brings a function that does it.
"""
