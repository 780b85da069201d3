"""Tasks (*toezeggingen*): their list, their pages, and what other pages show of them."""
