"""Whether everything is in order: each check looks at one thing and says in a sentence what it found."""
