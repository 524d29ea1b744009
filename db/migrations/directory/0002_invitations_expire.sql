-- An invitation holds an address (sealed): those that can no longer be used are deleted, and found by their end.

CREATE INDEX invitations_by_expires_at ON invitations (expires_at);
