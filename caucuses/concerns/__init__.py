"""Reports inside a caucus: to its facilitators, who never learn who wrote one."""
