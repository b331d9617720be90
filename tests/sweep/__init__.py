"""The canary sweep: a word in every private field, looked for in everything that anybody else could come across."""
