"""What stands below everything: canonical JSON, the bounds of a text, the lock of a file, the software that runs."""

OWN_DISTRIBUTION = "tender-eval"
