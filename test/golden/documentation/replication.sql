-- mysql on cc1
CREATE USER 'clone'@'%' IDENTIFIED BY 'Secur3_p4ssword';
GRANT BACKUP_ADMIN, CLONE_ADMIN ON *.* TO 'clone'@'%';
-- for repl user, we use mysql_native_password plugin to simplify replication configuration
CREATE USER 'repl'@'%' IDENTIFIED WITH 'mysql_native_password' BY 'Secur3_p4ssword';
GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'repl'@'%';
-- mysql on cc2
CLONE INSTANCE FROM 'clone'@'cc1':3306 IDENTIFIED BY 'Secur3_p4ssword';
-- mysql on cc2
CHANGE REPLICATION SOURCE TO
SOURCE_HOST = 'cc1',
SOURCE_USER = 'repl',
SOURCE_PASSWORD = 'Secur3_p4ssword',
SOURCE_AUTO_POSITION = 1;
-- mysql on cc2
START REPLICA;
-- mysql on cc2
SET GLOBAL read_only = 1;
SET GLOBAL super_read_only = 1;
