-- The operator can suspend an account, and block any app by its id, however it is shared.

CREATE INDEX labels_by_app_id_label ON labels (app_id, label);

CREATE TABLE suspensions (
	owner_id TEXT NOT NULL,
	account_id TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (owner_id)
) STRICT, WITHOUT ROWID;
