"""A company to try everything on. It enters through the same doors as a real one, into a home of its own."""
