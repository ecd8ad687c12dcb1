# language: fr
Fonctionnalité: Navigateurs, caches et serveurs mandataires
  Entre une personne et le serveur, il y a des navigateurs qui devinent, des caches qui gardent, et des serveurs
  mandataires qui demandent si le serveur est vivant. Chacun se fie aux en-têtes, et à ce que la RFC 9110 en dit.

  @SV-16
  Règle: Aucune réponse ne laisse un navigateur deviner son type, et aucune réponse privée ne laisse un cache la garder

    Scénario: des réponses de toutes sortes
      Étant donné qu'Ada a un thème natal
      Et qu'Ada a une révolution illisible
      Quand Ada envoie une demande de chaque sorte
      Alors Ada reçoit chaque fois ce que les navigateurs et les caches doivent savoir

  @SV-16
  Règle: Personne n'est envoyé vers un autre hôte

    Plan du scénario: <quoi>
      Étant donné qu'il y a 1 article
      Quand quelqu'un envoie <quoi>
      Alors quelqu'un est refusé avec 404 "nothing here"
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                           |
        | GET /health/ à l'hôte evil.example             |
        | POST /api/auth/register/ à l'hôte evil.example |

      @cost.seconds
      Exemples: suite
        | quoi                                        |
        | GET //health à l'hôte evil.example          |
        | PUT /api/natal-chart/ à l'hôte evil.example |

  @SV-16
  Règle: Ce qu'un client a déjà n'est pas renvoyé, et ce qu'il n'attend pas n'est pas modifié

    Plan du scénario: une lecture, <condition>
      Étant donné qu'il y a 1 article
      Quand quelqu'un envoie une lecture du premier article, <condition>
      Alors quelqu'un reçoit <réponse>
      Et rien d'autre n'a changé

      Exemples:
        | condition              | réponse                          |
        | dont on a la version 1 | rien de nouveau                  |
        | dont on a la version 7 | la première version de l'article |

      @cost.seconds
      Exemples: suite
        | condition                              | réponse         |
        | dont on a la version 1, au sens faible | rien de nouveau |
        | dont on a les versions 7 et 1          | rien de nouveau |
        | dont on a une version quelconque       | rien de nouveau |

    Plan du scénario: une modification, <condition>
      Étant donné qu'il y a 1 article
      Quand quelqu'un envoie une modification du premier article, <condition>
      Alors quelqu'un est refusé avec 412 "another version by now"
      Et rien d'autre n'a changé

      Exemples:
        | condition                    |
        | s'il n'y en a aucun          |
        | s'il est à la version 7 ou 8 |

      @cost.seconds
      Exemples: suite
        | condition                               |
        | s'il n'est pas à la version 1           |
        | s'il est à la version 1, au sens faible |

  @SV-16
  Règle: Une sonde reçoit sa réponse, quel que soit le nombre de connexions

    Scénario: plus de connexions que le serveur n'en sert
      Étant donné que l'option CONNECTIONS_MAX vaut "16"
      Et que Grace a 16 connexions ouvertes
      Quand quelqu'un envoie une sonde de vie
      Alors quelqu'un reçoit un signe de vie

  @SV-16
  Règle: Le client au journal est celui que nomment des mandataires de confiance, et personne d'autre n'est cru

    Plan du scénario: <ligne>, avec confiance en <mandataires>
      Étant donné que l'option TRUSTED_PROXIES vaut "<mandataires>"
      Quand quelqu'un envoie une sonde de vie avec <ligne>
      Alors le journal montre 1 demande qui venait de <client>

      Exemples:
        | mandataires           | ligne                                                     | client                |
        | 127.0.0.1, 10.0.0.0/8 | X-Forwarded-For: 198.51.100.1, 203.0.113.7                | 203.0.113.7 par http  |
        | 10.0.0.0/8            | X-Forwarded-For: 203.0.113.7                              | 127.0.0.1             |
        | 127.0.0.1             | X-Forwarded-For: 203.0.113.7 and X-Forwarded-Proto: https | 203.0.113.7 par https |

      @cost.seconds
      Exemples: suite
        | mandataires           | ligne                                  | client               |
        | 127.0.0.1, 10.0.0.0/8 | X-Forwarded-For: 203.0.113.7, 10.1.2.3 | 203.0.113.7 par http |
        | 127.0.0.0/8           | X-Forwarded-For: 203.0.113.7, nobody   | 127.0.0.1 par http   |
        | 127.0.0.1             | X-Forwarded-For: [2001:db8::7]:4711    | 2001:db8::7 par http |
        | 127.0.0.1             | Forwarded: for=203.0.113.7;proto=https | 127.0.0.1 par http   |

    Plan du scénario: <ligne>, là où les mandataires l'écrivent
      Étant donné que l'option TRUSTED_PROXIES vaut "127.0.0.1"
      Et que l'option PROXY_HEADER vaut "forwarded"
      Quand quelqu'un envoie une sonde de vie avec <ligne>
      Alors le journal montre 1 demande qui venait de <client>

      Exemples:
        | ligne                                                 | client                |
        | Forwarded: for=198.51.100.1, for="203.0.113.7:80"     | 203.0.113.7 par http  |
        | X-Forwarded-For: 203.0.113.7                          | 127.0.0.1 par http    |
        | Forwarded: for=203.0.113.7, for=127.0.0.1;proto=https | 203.0.113.7 par https |

  @SV-16 @target.process
  Règle: Un serveur prié de s'arrêter le signale un moment, avant de ne plus accepter personne

    @cost.seconds
    Scénario: deux secondes
      Étant donné que l'option LAME_DUCK_S vaut "2"
      Et qu'Ada a un thème natal
      Quand le premier serveur est prié de s'arrêter
      Et quelqu'un envoie une sonde de vie et d'état prêt, une seconde plus tard
      Alors quelqu'un reçoit un signe de vie, mais pas l'état prêt, car il s'arrête
      Et la commande se termine avec le code 0
