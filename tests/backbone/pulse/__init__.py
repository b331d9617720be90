"""Stories of pulses: questions to a cohort whose answers belong to nobody."""
