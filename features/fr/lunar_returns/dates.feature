# language: fr
Fonctionnalité: Quelle révolution est la courante, et quels mois sont créés
  Une personne voit la révolution par laquelle son cycle présent a commencé : à toute heure, en fin de mois, à l'instant
  même. Les dates fixes du développement le rendent visible : chaque mois, la révolution est le quinze à midi (UTC).

  @LR-1 @both-databases @target.inprocess
  Règle: Les mois commencent par celui où le cycle présent a commencé, et sa révolution est la courante

    Plan du scénario: première demande, <maintenant>
      Étant donné que nous sommes le "<maintenant>"
      Et que l'option DEV_MOCK_EPHEMERIS vaut "1"
      Et qu'Ada a un thème natal
      Quand Ada demande les douze mois
      Alors Ada reçoit les mois de <premier> à <dernier>, <premier> étant le mois courant
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

      Exemples:
        | maintenant                       | premier | dernier |
        | 2026-11-15T11:59:59.999999+00:00 | 2026-10 | 2027-09 |
        | 2026-11-15T12:00:00+00:00        | 2026-11 | 2027-10 |
        | 2026-11-15T12:00:00.000001+00:00 | 2026-11 | 2027-10 |
        | 2026-11-30T23:59:59.999999+00:00 | 2026-11 | 2027-10 |
        | 2026-12-01T00:00:00+00:00        | 2026-11 | 2027-10 |
        | 2027-01-01T00:00:00+00:00        | 2026-12 | 2027-11 |
        | 2028-02-29T23:59:59+00:00        | 2028-02 | 2029-01 |

    Scénario: un mois qui a deux révolutions garde la première
      Étant donné que nous sommes le "2026-06-30"
      Et qu'Ada a un thème natal
      Quand Ada demande les douze mois
      Alors Ada reçoit les mois de 2026-06 à 2027-05, 2026-06 étant le mois courant
      Et la date de retour pour Ada est "2026-06-02T04:08:15Z", à 120 secondes près
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    Plan du scénario: nouvelle demande quand l'horloge <décalage>
      Étant donné que nous sommes le "2026-11-15"
      Et que l'option DEV_MOCK_EPHEMERIS vaut "1"
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Et que l'horloge <décalage>
      Quand Ada essaie de demander la révolution courante
      Alors la date de retour pour Ada est "<courante>", à 0 secondes près
      Et rien d'autre n'a changé

      Exemples:
        | décalage                   | courante             |
        | recule de 1 heure          | 2026-11-15T12:00:00Z |
        | avance de 1 heure          | 2026-11-15T12:00:00Z |
        | avance de 2591999 secondes | 2026-11-15T12:00:00Z |
        | avance de 720 heures       | 2026-12-15T12:00:00Z |
        | avance de 8015 heures      | 2027-09-15T12:00:00Z |

    Plan du scénario: la dernière des douze à partir du <jour> a commencé : l'horloge <décalage>
      Étant donné que nous sommes le "<jour>"
      Et que l'option DEV_MOCK_EPHEMERIS vaut "1"
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Et que l'horloge <décalage>
      Quand Ada essaie de demander les douze mois
      Alors Ada reçoit les mois de <premier> à <dernier>, <premier> étant le mois courant
      Et Ada a des révolutions pour 24 mois consécutifs

      Exemples: en octobre, en novembre et en décembre
        | jour       | décalage              | premier | dernier |
        | 2026-11-15 | avance de 8016 heures | 2027-10 | 2028-09 |
        | 2026-11-15 | avance de 8017 heures | 2027-10 | 2028-09 |
        | 2026-12-15 | avance de 8040 heures | 2027-11 | 2028-10 |
        | 2027-01-15 | avance de 8016 heures | 2027-12 | 2028-11 |

    Scénario: aucune des douze n'a commencé, car l'horloge a reculé
      Étant donné que nous sommes le "2026-11-15"
      Et que l'option DEV_MOCK_EPHEMERIS vaut "1"
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Et que l'horloge recule de 1 heure
      Quand Ada essaie de demander les douze mois
      Alors Ada reçoit les mois de 2026-11 à 2027-10, 2026-11 étant le mois courant
      Et rien d'autre n'a changé

    Scénario: personne n'a rien demandé pendant trois ans
      Étant donné que nous sommes le "2026-11-15"
      Et que l'option DEV_MOCK_EPHEMERIS vaut "1"
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Et que 1095 jours ont passé
      Quand Ada essaie de demander les douze mois
      Alors Ada reçoit les mois de 2029-10 à 2030-09, 2029-10 étant le mois courant

  @LR-1 @target.process
  Règle: Les dates ne dépendent pas de l'endroit où se trouve le serveur

    Scénario: un serveur à New York
      Étant donné que l'option TZ vaut "America/New_York"
      Et que l'option DEV_MOCK_EPHEMERIS vaut "1"
      Et qu'Ada a un thème natal
      Quand Ada demande la révolution courante
      Alors Ada reçoit une révolution qui a commencé
      Et les dates de retour pour Ada sont les dates fixes
      Et rien d'autre n'a changé
