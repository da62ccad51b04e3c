#!/bin/bash

## Change me
VIP='192.168.73.200'
INTERFACE='eth0'
##

TYPE=$1
NAME=$2
STATE=$3

case $STATE in
    "MASTER")
        # Add the SNAT rule when this node takes the VIP
        iptables -t nat -A POSTROUTING -o $INTERFACE -j SNAT --to-source $VIP
        ;;
    "BACKUP"|"FAULT")
        # Remove the SNAT rule when this node loses the VIP
        iptables -t nat -D POSTROUTING -o $INTERFACE -j SNAT --to-source $VIP
        ;;
    *)
        exit 1
        ;;
esac
