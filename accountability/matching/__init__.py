"""Matching: who wants a buddy found for them, what must never be matched, and the rounds that find the best partners.

Answers and limits are class S under the member’s own key. The solver (`solving`) is pure and knows no database.
"""
