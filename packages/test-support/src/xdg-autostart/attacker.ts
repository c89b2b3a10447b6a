/** Where the attacks connect to: addresses picked at random, which say nothing about who has them. */
export const ATTACKER = '45.13.104.62';

/** The same for IPv6. */
export const ATTACKER_V6 = '2a00:b7a0:41::5e';
