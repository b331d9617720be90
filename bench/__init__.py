"""The benchmark: what a page costs here, beside a bare view and a minimal Wagtail page in the same run."""
