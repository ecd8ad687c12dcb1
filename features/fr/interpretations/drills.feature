# language: fr
Fonctionnalité: Quand il faut revenir sur des textes
  La nuit, pendant que des lecteurs attendent, l'exploitant suit le guide mot pour mot. Chacun de ses exercices est donc
  suivi ici, avec les commandes et le SQL qui s'y trouvent.

  @LI-16 @both-databases
  Règle: Claude désactivé, chacun reçoit une réponse, et ce que Claude a écrit est toujours servi

    Scénario: Claude échoue, et on le désactive
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que Grace a des révolutions lunaires
      Et que le service Claude répond 500
      Quand le serveur redémarre sans Claude
      Quand Ada demande le rapport
      Et Grace demande le rapport
      Alors Ada reçoit le texte enregistré
      Et Grace reçoit le modèle
      Et il y a eu 0 appel à Claude pour Grace
      Et rien d'autre n'a changé

  @LI-16 @both-databases
  Règle: La version 1 sert ce que la première version a écrit, octet par octet, quoi que soient devenus les modèles

    Plan du scénario: en <mois>, d'une base qui <base>
      Étant donné que nous sommes le "<jour>"
      Et un serveur dont la base <base>
      Et qu'Ada a des révolutions lunaires
      Quand le serveur redémarre pour la version 1
      Et Ada demande le rapport
      Alors Ada reçoit le texte de la première version
      Et rien d'autre n'a changé

      Exemples:
        | mois      | jour       | base                                                     |
        | octobre   | 2026-10-20 | a été migrée, et a d'autres textes dans tous les modèles |
        | septembre | 2026-09-25 | a été migrée, et a perdu tous les textes                 |

    Scénario: ce que la première version n'a pas écrit
      Étant donné un serveur dont la base a été migrée
      Et que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand le serveur redémarre pour la version 1
      Et Ada demande le rapport en anglais
      Alors Ada reçoit le texte intégré
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    @cost.seconds
    Scénario: la version 1 pour un temps, puis de nouveau la version 2
      Étant donné un serveur dont la base a été migrée
      Et que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand le serveur redémarre pour la version 1
      Et Ada demande le rapport
      Alors Ada reçoit le texte de la première version
      Quand le serveur redémarre pour la version 2
      Et Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

  @LI-16 @database.postgres
  Règle: Des modèles abîmés sont trouvés, et restaurés depuis la sauvegarde avec le SQL même de la source

    Plan du scénario: une base qui <base>
      Étant donné un serveur dont la base <base>
      Quand l'exploitant suit l'exercice "find damaged texts"
      Alors la commande se termine avec le code 1
      Et elle dit "<mots>"
      Quand l'exploitant suit l'exercice "restore the templates"
      Alors la commande se termine avec le code 0
      Et elle dit "1728"
      Et elle dit "verdict: passed"
      Et les textes de la première version sont là où ils étaient, dans la sauvegarde et dans les modèles
      Et rien d'autre n'a changé

      Exemples:
        | base                                               | mots                                                                  |
        | a été migrée, et a un texte qui diffère d'un octet | Leo, house 5, ascendant Virgo, version 2, fr: changed (template_text) |
        | a été migrée, et a perdu tous les textes           | Leo, house 5, ascendant Virgo, version 2, fr: missing                 |

      @cost.seconds
      Exemples: d'autres
        | base                                                | mots                                                                 |
        | a été migrée, et a un texte dans la mauvaise maison | Leo, house 5, ascendant Virgo, version 2, fr: is under moon_house 13 |
        | a été migrée, et a un texte de trop                 | Ophiuchus, house 5, ascendant Virgo, version 2, fr: extra            |

  @LI-16 @database.postgres
  Règle: Ce qui ralentit les réponses est trouvé : le taux de réutilisation, et quel index manque

    Scénario: combien de fois un texte est réutilisé
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada demande le rapport 3 fois en même temps
      Quand l'exploitant suit l'exercice "find out why answers are slow"
      Et Ada demande les chiffres des textes
      Alors elle dit "1, 3, 1, 0.750"
      Et elle dit "ix_lunar_interpretation_templates_lookup"
      Et Ada reçoit les chiffres de 1 texte, écrit 1 fois et réutilisé 3 fois

    Scénario: un index qui manque
      Étant donné un serveur dont la base a été migrée, et n'a plus un index
      Quand l'exploitant suit l'exercice "find damaged texts"
      Alors la commande se termine avec le code 1
      Et elle dit "ix_lunar_interpretation_templates_lookup: missing"
      Quand l'exploitant suit l'exercice "put the index of the templates back"
      Et l'exploitant lance "audit-lunar-migration"
      Alors la commande se termine avec le code 0
      Et elle dit "verdict: passed"
      Et les textes de la première version sont là où ils étaient, dans la sauvegarde et dans les modèles

  @LI-16 @both-databases
  Règle: Les modèles livrés qui manquent sont ajoutés, et ce qui est là reste tel quel

    @cost.seconds
    Scénario: la base n'a aucun modèle
      Étant donné que le service Claude répond 400
      Et un serveur dont la base n'a aucun modèle
      Et qu'Ada a des révolutions lunaires
      Quand l'exploitant lance "db seed"
      Alors elle dit "interpretations: 1728 added"
      Quand Ada demande le rapport
      Et l'exploitant lance "db seed"
      Alors Ada reçoit le modèle
      Et elle dit "interpretations: nothing is missing"
      Et les modèles retirés sont de nouveau là
