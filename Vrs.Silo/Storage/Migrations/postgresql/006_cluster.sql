-- Who belongs to the cluster, when grains run on Orleans. The embedded engine leaves these tables empty.
-- Orleans asks by the texts in orleansquery, and prescribes names of parameters and columns, nothing else.
CREATE TABLE cluster_versions (
  cluster text    NOT NULL PRIMARY KEY,
  version integer NOT NULL
);

CREATE TABLE cluster_silos (
  cluster       text        NOT NULL REFERENCES cluster_versions (cluster),
  address       text        NOT NULL,
  port          integer     NOT NULL,
  generation    integer     NOT NULL,
  silo_name     text        NOT NULL,
  host_name     text        NOT NULL,
  status        integer     NOT NULL,
  proxy_port    integer     NOT NULL,
  suspect_times text,
  started_at    timestamptz NOT NULL,
  alive_at      timestamptz NOT NULL,
  PRIMARY KEY (cluster, address, port, generation)
);

CREATE TABLE orleansquery (
  querykey  text NOT NULL PRIMARY KEY,
  querytext text NOT NULL
);

-- Every change of the membership raises the version, and names the version it was made from: of two silos that
-- change it at once, the second finds no row and reads again.
INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $q$
  WITH added AS (
    INSERT INTO cluster_versions (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::integer FROM added
$q$),
('InsertMembershipKey', $q$
  WITH raised AS (
    UPDATE cluster_versions SET version = version + 1
    WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
      SELECT FROM cluster_silos
      WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING 1),
  added AS (
    INSERT INTO cluster_silos
      (cluster, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
      @IAmAliveTime
    FROM raised
    RETURNING 1)
  SELECT count(*)::integer FROM added
$q$),
('UpdateMembershipKey', $q$
  WITH raised AS (
    UPDATE cluster_versions SET version = version + 1
    WHERE cluster = @DeploymentId AND version = @Version AND EXISTS (
      SELECT FROM cluster_silos
      WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING 1),
  changed AS (
    UPDATE cluster_silos SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
    FROM raised
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1)
  SELECT count(*)::integer FROM changed
$q$),
('UpdateIAmAlivetimeKey', $q$
  UPDATE cluster_silos SET alive_at = @IAmAliveTime
  WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$q$),
('MembershipReadRowKey', $q$
  SELECT v.cluster AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation,
    s.silo_name AS SiloName, s.host_name AS HostName, s.status AS Status, s.proxy_port AS ProxyPort,
    s.suspect_times AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, v.version AS Version
  FROM cluster_versions v LEFT JOIN cluster_silos s
    ON s.cluster = v.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
  WHERE v.cluster = @DeploymentId
$q$),
('MembershipReadAllKey', $q$
  SELECT v.cluster AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation,
    s.silo_name AS SiloName, s.host_name AS HostName, s.status AS Status, s.proxy_port AS ProxyPort,
    s.suspect_times AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, v.version AS Version
  FROM cluster_versions v LEFT JOIN cluster_silos s ON s.cluster = v.cluster
  WHERE v.cluster = @DeploymentId
$q$),
('GatewaysQueryKey', $q$
  SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM cluster_silos
  WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0
$q$),
-- Status 3 is Active: such a silo is declared dead before it is forgotten.
('CleanupDefunctSiloEntriesKey', $q$
  DELETE FROM cluster_silos WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$q$),
('DeleteMembershipTableEntriesKey', $q$
  WITH gone AS (DELETE FROM cluster_silos WHERE cluster = @DeploymentId)
  DELETE FROM cluster_versions WHERE cluster = @DeploymentId
$q$);
