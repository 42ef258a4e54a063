"""Speed, accuracy and gap: run by hand; dated results stand in docs/performance.md."""
