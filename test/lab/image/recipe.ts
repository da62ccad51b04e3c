/** What the base root of every host is made of. A change of this file makes a new base. */
export const RECIPE = {
  /** MySQL 9 is in sid alone. sid moves: no patch version is pinned, the built root is kept. */
  suite: 'sid',
  packages: [
    'mysql-server',
    'mysql-client',
    'keepalived',
    'lsyncd',
    'rsync',
    'openssh-server',
    'openssh-client',
    'systemd',
    'systemd-sysv',
    'dbus',
    'iproute2',
    'iptables',
    'conntrack',
    'iputils-ping',
    'iputils-arping',
    'curl',
    'ca-certificates',
    'cron',
    'sudo',
    'procps',
    'psmisc',
    'perl-base',
    // What the rendered firewall files are for. Installed, and off.
    'nftables',
    'ufw',
    'firewalld',
    // firewalld wants polkit, and that a session's own systemd: debootstrap finds no alternative by itself.
    'libpam-systemd',
  ],
  /** Runs in the new root, once. */
  finish: `
set -eu
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/share/man /usr/share/doc /usr/share/locale
# Else all hosts share one server_uuid, and one identity.
rm -f /var/lib/mysql/auto.cnf /etc/ssh/ssh_host_* /var/lib/dbus/machine-id
: > /etc/machine-id
# Nothing happens at a time of its own in a lab.
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer e2scrub_all.timer \\
  systemd-timesyncd.service console-getty.service getty@tty1.service systemd-pstore.service; do
  ln -sf /dev/null /etc/systemd/system/$unit
done
systemctl disable --quiet nftables ufw firewalld polkit 2>/dev/null || true
# A login is a shell here, without a systemd of its own.
sed -i '/pam_systemd/d' /etc/pam.d/common-session
mkdir -p /var/log/journal
useradd -m -s /bin/bash -g operator operator
useradd -m -s /bin/bash careful
useradd -m -s /bin/bash limited
echo careful:lab | chpasswd
echo 'operator ALL=(ALL:ALL) NOPASSWD: ALL' > /etc/sudoers.d/operator
echo 'careful ALL=(ALL:ALL) ALL' > /etc/sudoers.d/careful
chmod 440 /etc/sudoers.d/operator /etc/sudoers.d/careful
for user in operator careful limited; do install -d -m 700 -o $user -g $user /home/$user/.ssh; done
install -d -m 700 /root/.ssh
`,
} as const;
