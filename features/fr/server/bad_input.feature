# language: fr
Fonctionnalité: Saisies erronées
  Des clients envoient des valeurs fausses : par erreur, par une ancienne version, exprès. Ils reçoivent une erreur qui
  nomme le champ incorrect ; rien n'est modifié, et personne d'autre ne s'en aperçoit.

  @SV-1
  Règle: Une saisie erronée reçoit une erreur claire qui nomme le champ

    Plan du scénario: un thème natal dont le champ <champ> vaut <valeur>
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Quand Ada envoie un thème natal dont le champ <champ> vaut <valeur>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et rien d'autre n'a changé
      Et le serveur va bien

      Exemples:
        | champ          | valeur               |
        | latitude       | 90.1                 |
        | birth_datetime | 1990-01-01T12:00:00  |
        | birth_datetime | 2990-01-01T12:00:00Z |
        | birth_datetime | 1799-12-31T23:59:59Z |
        | house          | 7                    |

      @cost.seconds
      Exemples: suite
        | champ          | valeur    |
        | latitude       | north     |
        | longitude      | -181      |
        | birth_datetime | yesterday |

    Plan du scénario: un thème natal <quoi>
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Quand Ada envoie un thème natal <quoi>
      Alors Ada est refusée pour une saisie incorrecte
      Et rien d'autre n'a changé
      Et le serveur va bien

      Exemples:
        | quoi                            |
        | coupé                           |
        | imbriqué 20000 fois             |
        | avec un nombre de 5000 chiffres |
        | d'un autre type de contenu      |

      @cost.seconds
      Exemples: suite
        | quoi                        |
        | avec NaN en guise de nombre |
        | avec un demi-caractère      |
        | vide                        |
