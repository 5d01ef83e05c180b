"""Where records are kept: durable in the local store, and indexed in memory. The only room that knows TinyDB."""
