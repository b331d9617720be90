CREATE DATABASE lodestar_keys OWNER lodestar;
