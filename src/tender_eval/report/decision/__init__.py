"""The decision paper: what the chair and the approvers read and sign."""
