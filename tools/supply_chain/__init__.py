"""What this project is built from: advisories about it, and its bill of materials."""
