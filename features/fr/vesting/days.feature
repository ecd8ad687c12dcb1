# language: fr
Fonctionnalité: Les jours sont ceux d'UTC
  Les serveurs, les bases et les exploitants sont dans bien des fuseaux horaires. Un lot échoit un jour donné, et
  c'est un jour d'UTC.

  @VR-10 @both-databases
  Règle: Le jour ne dépend pas du fuseau horaire de la machine

    Plan du scénario: un job dans <lieu>
      Étant donné que l'option TZ vaut "<fuseau>"
      Et que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance    | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | hier        | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | aujourd'hui | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | demain      | VESTED |
      Quand l'exploitant lance "vesting-release"
      Alors le passage indique
        | au          | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | aujourd'hui | AED    | non     | 2     | 2       | 3.00    | 0       | 0       |
      Et il y a eu 2 libérations pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | lieu                          | fuseau           |
        | l'endroit où le jour commence | Etc/GMT-14       |
        | l'endroit où le jour finit    | Etc/GMT+12       |

      @cost.seconds
      Exemples: suite
        | lieu                          | fuseau           |
        | un endroit à l'heure d'été    | America/Santiago |

    @target.process
    Plan du scénario: un serveur dans <lieu>
      Étant donné que l'option TZ vaut "<fuseau>"
      Et qu'Ada a 10.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 10.00 AED
      Alors Ada reçoit le lot qui s'y trouve
      Et le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance       | statut |
        | Ada       | AVENIR | 10.00   | 0.00   | AED    | dans 365 jours | VESTED |
      Et il y a eu 1 dépôt pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | lieu                          | fuseau     |
        | l'endroit où le jour commence | Etc/GMT-14 |

      @cost.seconds
      Exemples: suite
        | lieu                          | fuseau     |
        | l'endroit où le jour finit    | Etc/GMT+12 |

  @VR-10
  Règle: Un jour commence à minuit UTC, et 365 jours font 365 jours, même une année bissextile

    Plan du scénario: un dépôt à <moment>
      Étant donné que nous sommes le "<moment>"
      Et qu'Ada a 10.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 10.00 AED
      Alors Ada reçoit le lot qui s'y trouve
      Et le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 10.00   | 0.00   | AED    | <échéance> | VESTED |
      Et il y a eu 1 dépôt pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | moment                    | échéance   |
        | 2024-01-27T23:59:59Z      | 2025-01-26 |
        | 2024-01-28T00:00:00Z      | 2025-01-27 |
        | 2023-03-01T12:00:00Z      | 2024-02-29 |

      @cost.seconds
      Exemples: suite
        | moment                    | échéance   |
        | 2024-01-28T02:00:00+04:00 | 2025-01-26 |
        | 2023-02-28T12:00:00Z      | 2024-02-28 |
        | 2024-02-29T12:00:00Z      | 2025-02-28 |
        | 2023-12-31T23:59:59Z      | 2024-12-30 |

    Plan du scénario: un passage à <moment>
      Étant donné que nous sommes le "2024-01-28"
      Et qu'Ada a 10.00 AED dans le coffre
      Et que l'horloge avance de <heures> heures
      Et que Grace a un compte d'administrateur
      Quand Grace envoie une libération
      Alors le passage indique
        | au          | devise | à blanc | échus    | libérés  | montant   | ignorés | erreurs |
        | aujourd'hui | AED    | non     | <nombre> | <nombre> | <montant> | 0       | 0       |
      Et il y a eu <nombre> libérations pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | moment                      | heures   | nombre | montant |
        | la dernière seconde du jour | 8747.999 | 0      | 0.00    |
        | minuit                      | 8748     | 1      | 10.00   |

  @VR-10 @database.postgres
  Règle: Il ne dépend pas non plus du fuseau horaire de la base

    Plan du scénario: une base qui <état>
      Étant donné un serveur dont la base <état>
      Et que nous sommes le "<moment>"
      Et que Grace a un compte d'administrateur
      Et que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-28 | VESTED |
      Quand Grace envoie une libération
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 2     | 2       | 3.00    | 0       | 0       |
      Et il y a eu 2 libérations pour Ada
      Et la requête du runbook pour les libérations du 2025-01-27 trouve "2, 3.00"

      Exemples:
        | état                        | moment               |
        | est à l'heure de Kiritimati | 2025-01-27T23:30:00Z |
        | est à l'heure de New York   | 2025-01-27T00:30:00Z |
