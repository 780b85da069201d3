"""Who may do what: users, roles, rights, the scoped door to rows, tiers on persons, audit, one-time links, company."""
