"""The private journal: entries that only their author reads, drafts on their way to one, prompts that suggest a beginning.

Entries and drafts are class S: every word is sealed under the member's own key, and that somebody writes at all is nobody's
business. Imported by nobody but its own views and sharing. Behind its lock (`lock`) a page needs a fresh proof.
"""
