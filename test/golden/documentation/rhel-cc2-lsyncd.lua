settings {
    logfile = "/var/log/lsyncd.log",
    statusFile = "/var/log/lsyncd.status",
    statusInterval = 10,
    insist = true
}

-- 1. Sync for directories (Add trailing slashes to source)
local sync_dirs = {
    "/var/lib/cmon/",
    "/etc/cmon.d/",
    "/home/cloud-user/.s9s/",
    "/var/www/html/clustercontrol-mcc/",
    "/var/www/html/cmon-repos/",
    "/usr/share/ccmgr/"
}

for _, path in ipairs(sync_dirs) do
    sync {
        default.rsync,
        source = path, -- The trailing slash here means "sync contents"
        target = "cloud-user@cc1:" .. path,
        rsync = {
            archive = true,
            compress = true,
            verbose = true, 
            rsync_path = "sudo rsync",
            _extra = {"--delete"}
        }
    }
end

-- 2. Sync for the individual files
sync {
    default.rsync,
    source = "/etc/",
    target = "cloud-user@cc1:/etc/",
    rsync = {
        archive = true,
        compress = true,
        verbose = true, 
        rsync_path = "sudo rsync",
        _extra = {
            "--include=/cmon.cnf",
            "--include=/cmon-events.cnf",
            "--include=/s9s.cnf",
            "--exclude=*",
            "--delete"
        }
    }
}
