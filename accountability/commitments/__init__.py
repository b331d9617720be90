"""Commitments: what a member, or an organization by a role in it, promises; who reads it; how it goes; public statements.

Wording, first step and progress are class S under the owner’s key. What cohort or everybody may read is a copy of its own.
"""
