import { peerOf, type ControllerName } from '../site';

/** Steps 5.3 and 5.4 of the documentation, to the letter, with their `s9s.cnf` that doesn't exist. */
export function documentedLsyncdConf(host: ControllerName): string {
  const target = peerOf(host);
  return `settings {
    logfile = "/var/log/lsyncd.log",
    statusFile = "/var/log/lsyncd.status",
    statusInterval = 10
}

-- 1. Sync for directories (Add trailing slashes to source)
local sync_dirs = {
    "/var/lib/cmon/",
    "/etc/cmon.d/",
    "/root/.s9s/",
    "/var/www/html/clustercontrol-mcc/",
    "/var/www/html/cmon-repos/",
    "/usr/share/ccmgr/"
}

for _, path in ipairs(sync_dirs) do
    sync {
        default.rsync,
        source = path, -- The trailing slash here means "sync contents"
        target = "${target}:" .. path,
        rsync = {
            archive = true,
            compress = true
        }
    }
end

-- 2. Sync for the individual file /etc/s9s.conf
sync {
    default.rsync,
    source = "/etc/",
    target = "${target}:/etc/",
    rsync = {
        archive = true,
        _extra = {
            "--include=/cmon.cnf",
            "--include=/cmon-events.cnf",
            "--include=/s9s.cnf",
            "--exclude=*"
        }
    }
}
`;
}
