-- SQL of site dc1, MySQL series none declared: as for 9.
-- Each part is for the host above it. A secret stands as its reference, which no server takes: by hand, put the quoted password there.

-- on cc1, the primary: accounts
SET GLOBAL super_read_only=OFF;
SET GLOBAL read_only=OFF;
CREATE USER IF NOT EXISTS 'repl'@'%' IDENTIFIED WITH caching_sha2_password BY {{secret:dc1-repl}} REQUIRE SSL;
ALTER USER 'repl'@'%' IDENTIFIED WITH caching_sha2_password BY {{secret:dc1-repl}} REQUIRE SSL;
GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'repl'@'%';
CREATE USER IF NOT EXISTS 'clone'@'%' IDENTIFIED WITH caching_sha2_password BY {{secret:dc1-clone}} REQUIRE SSL;
ALTER USER 'clone'@'%' IDENTIFIED WITH caching_sha2_password BY {{secret:dc1-clone}} REQUIRE SSL;
GRANT BACKUP_ADMIN, CLONE_ADMIN ON *.* TO 'clone'@'%';

-- on cc2: its data becomes that of cc1
SET GLOBAL super_read_only=OFF;
SET GLOBAL read_only=OFF;
SET GLOBAL clone_valid_donor_list='cc1:3306';
CLONE INSTANCE FROM 'clone'@'cc1':3306 IDENTIFIED BY {{secret:dc1-clone}} REQUIRE SSL;

-- on cc2, after its restart: closed, and replicating
RESET PERSIST IF EXISTS read_only;
RESET PERSIST IF EXISTS super_read_only;
SET SESSION lock_wait_timeout=2;
SET GLOBAL super_read_only=ON;
CHANGE REPLICATION SOURCE TO SOURCE_HOST='cc1', SOURCE_PORT=3306, SOURCE_USER='repl', SOURCE_PASSWORD={{secret:dc1-repl}}, SOURCE_AUTO_POSITION=1, SOURCE_SSL=1, GET_SOURCE_PUBLIC_KEY=1, SOURCE_HEARTBEAT_PERIOD=2, SOURCE_RETRY_COUNT=0, SOURCE_CONNECT_RETRY=1;
START REPLICA;
