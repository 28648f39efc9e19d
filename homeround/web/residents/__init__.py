"""Pages about the people of a home: today in the home, one person, moving in, moving and leaving, who has looked."""
