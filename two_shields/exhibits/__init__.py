"""The exhibits: a finding each, with frame and figure; one registry."""
