# language: fr
Fonctionnalité: Le job vient de lui-même
  Personne n'appuie sur un bouton à minuit. Cron lance le job, avec la crontab et les scripts livrés, et les exploitants
  comptent retrouver chaque passage dans la sortie du service.

  @VR-12 @both-databases @cost.minute
  Règle: Cron lance le job une fois par jour à 00h05 UTC, sur la base du service, et ce qu'il écrit est la sortie du service

    Scénario: minuit cinq
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 0.00   | AED    | 2025-01-27 | VESTED |
        | Grace     | AVENIR | 20000.00 | 0.00   | AED    | 2025-01-28 | VESTED |
      Quand le démon cron passe 00h05 UTC le 2025-01-27
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant  | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 1     | 1       | 10000.00 | 0       | 0       |
      Et il y a eu 1 libération pour Ada
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Scénario: minuit cinq le lendemain
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 0.00   | AED    | 2025-01-27 | VESTED |
        | Grace     | AVENIR | 20000.00 | 0.00   | AED    | 2025-01-28 | VESTED |
      Et que le démon cron passe 00h05 UTC le 2025-01-27
      Quand le démon cron passe 00h05 UTC le 2025-01-28
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant  | ignorés | erreurs |
        | 2025-01-28 | AED    | non     | 2     | 1       | 20000.00 | 1       | 0       |
      Et il y a eu 1 libération pour Grace
      Et rien d'autre n'a changé

    Plan du scénario: <moment>, ce n'est pas l'heure
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 0.00   | AED    | 2025-01-26 | VESTED |
      Quand le démon cron passe <moment> le 2025-01-27
      Alors ensemble, les passages indiquent
        | passages | libérés | montant | erreurs |
        | 0        | 0       | 0       | 0       |
      Et rien d'autre n'a changé

      Exemples:
        | moment           |
        | minuit UTC       |
        | 00h05 à New York |

  @VR-12 @cost.minute @timeout.300
  Règle: Un déclenchement qui ne trouve rien de nouveau ne libère rien

    Scénario: un job que cron lance chaque minute
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré | devise | échéance | statut |
        | Ada       | AVENIR | 10000.00 | 0.00   | AED    | hier     | VESTED |
        | Grace     | AVENIR | 20000.00 | 0.00   | AED    | demain   | VESTED |
      Et que le démon cron lance le job chaque minute, et l'a lancé une fois
      Quand le démon cron lance le job une fois de plus
      Alors le passage indique
        | au          | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | aujourd'hui | AED    | non     | 1     | 0       | 0.00    | 1       | 0       |
      Et Ada a 10000.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé
