-- Teams, who is in them, and in the context of a write the account whose teams count. The context is empty outside a transaction,
-- so its table is made anew; views and guards name it, and hold nothing of it.
DROP TABLE rls_ctx;

CREATE TABLE rls_ctx (
	k INTEGER PRIMARY KEY CHECK (k = 1),
	owner_id TEXT NOT NULL,
	app_id TEXT,
	account_id TEXT,
	may_write INTEGER NOT NULL CHECK (may_write IN (0, 1)),
	is_erasing INTEGER NOT NULL CHECK (is_erasing IN (0, 1))
) STRICT;

CREATE TABLE t_teams (
	owner_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (owner_id, id)
) STRICT, WITHOUT ROWID;

CREATE VIEW teams AS
SELECT v.* FROM t_teams v JOIN rls_ctx c ON c.k = 1 AND v.owner_id = c.owner_id AND c.app_id IS NULL;

CREATE TRIGGER t_teams_insert BEFORE INSERT ON t_teams
BEGIN
	SELECT RAISE(ABORT, 'freehold: guard') WHERE NOT EXISTS (SELECT 1 FROM rls_ctx c WHERE c.k = 1 AND c.may_write = 1 AND c.owner_id = NEW.owner_id AND c.app_id IS NULL);
END;

CREATE TRIGGER t_teams_update BEFORE UPDATE ON t_teams
BEGIN
	SELECT RAISE(ABORT, 'freehold: guard') WHERE NOT EXISTS (SELECT 1 FROM rls_ctx c WHERE c.k = 1 AND c.may_write = 1 AND c.owner_id = OLD.owner_id AND c.app_id IS NULL AND c.owner_id = NEW.owner_id AND c.app_id IS NULL);
	SELECT RAISE(ABORT, 'freehold: guard') WHERE NEW.owner_id IS NOT OLD.owner_id OR NEW.id IS NOT OLD.id;
END;

CREATE TRIGGER t_teams_delete BEFORE DELETE ON t_teams
BEGIN
	SELECT RAISE(ABORT, 'freehold: guard') WHERE NOT EXISTS (SELECT 1 FROM rls_ctx c WHERE c.k = 1 AND c.may_write = 1 AND c.owner_id = OLD.owner_id AND c.app_id IS NULL);
END;

CREATE TABLE t_team_members (
	owner_id TEXT NOT NULL,
	team_id TEXT NOT NULL,
	account_id TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (owner_id, team_id, account_id),
	FOREIGN KEY (owner_id, team_id) REFERENCES t_teams (owner_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX t_team_members_by_account_id_team_id ON t_team_members (owner_id, account_id, team_id);

CREATE VIEW team_members AS
SELECT v.* FROM t_team_members v JOIN rls_ctx c ON c.k = 1 AND v.owner_id = c.owner_id AND c.app_id IS NULL;

CREATE TRIGGER t_team_members_insert BEFORE INSERT ON t_team_members
BEGIN
	SELECT RAISE(ABORT, 'freehold: guard') WHERE NOT EXISTS (SELECT 1 FROM rls_ctx c WHERE c.k = 1 AND c.may_write = 1 AND c.owner_id = NEW.owner_id AND c.app_id IS NULL);
END;

CREATE TRIGGER t_team_members_update BEFORE UPDATE ON t_team_members
BEGIN
	SELECT RAISE(ABORT, 'freehold: guard') WHERE NOT EXISTS (SELECT 1 FROM rls_ctx c WHERE c.k = 1 AND c.may_write = 1 AND c.owner_id = OLD.owner_id AND c.app_id IS NULL AND c.owner_id = NEW.owner_id AND c.app_id IS NULL);
	SELECT RAISE(ABORT, 'freehold: guard') WHERE NEW.owner_id IS NOT OLD.owner_id OR NEW.team_id IS NOT OLD.team_id OR NEW.account_id IS NOT OLD.account_id;
END;

CREATE TRIGGER t_team_members_delete BEFORE DELETE ON t_team_members
BEGIN
	SELECT RAISE(ABORT, 'freehold: guard') WHERE NOT EXISTS (SELECT 1 FROM rls_ctx c WHERE c.k = 1 AND c.may_write = 1 AND c.owner_id = OLD.owner_id AND c.app_id IS NULL);
END;
