"""What lint has to say, for people and for GitHub, and the page of each rule."""
