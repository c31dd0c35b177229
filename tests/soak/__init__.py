"""Mixed load on a real server for half an hour, and whether anything grows: `make soak`."""
