"""A minimal Wagtail site of one page: the yardstick that any Wagtail site can be held against."""
