"""Who and what: parties, products, sellers, imports, jobs and the base of every stored reading."""
