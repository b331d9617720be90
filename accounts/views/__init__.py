"""The member's own pages, the pages that say who can see what, and two steps that allauth lacks."""
