"""Forms of signing in, of the second factor and of the member's own profile. None of them saves across models or sends."""
