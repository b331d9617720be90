"""How the site writes numbers and dates where that differs from what Django holds to be usual in a language."""
