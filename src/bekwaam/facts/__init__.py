"""What was sold: versioned tables, their only writer, and named questions about them.

`store` writes (one batch, one data version, all or nothing), `read` answers. Names of persons never come in here.
"""
