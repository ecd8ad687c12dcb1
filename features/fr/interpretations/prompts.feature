# language: fr
Fonctionnalité: Ce qui est envoyé à Claude
  Qui examine un texte étrange veut voir de quoi il est fait ; qui protège les données des lecteurs veut savoir que
  rien n'y dit qui ils sont.

  @LI-3 @both-databases
  Règle: Tout ce qui a été envoyé est conservé avec le texte

    Plan du Scénario: <rapport>
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande <rapport>
      Alors Ada reçoit un texte dont l'entrée est conservée
      Et Ada reçoit le texte écrit par Claude
      Et rien d'autre n'a changé

      Exemples:
        | rapport               |
        | le rapport            |
        | le climat du rapport  |
        | l'approche du rapport |

      @cost.seconds
      Exemples: suite
        | rapport                         |
        | le rapport en anglais           |
        | le thème central du rapport     |
        | le climat du rapport en anglais |

    Scénario: un texte réécrit, par un autre modèle
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que l'option LUNAR_CLAUDE_MODEL vaut "claude-of-another-name"
      Et que le serveur redémarre
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un texte dont l'entrée est conservée
      Et Ada reçoit le nouveau texte
      Et rien d'autre n'a changé

  @LI-3
  Règle: La même entrée produit la même invite, et une autre entrée une autre

    Scénario: le même texte, réécrit
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un texte de la même invite qu'avant

    Scénario: une autre personne au même thème natal
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et que Grace a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Grace demande le rapport
      Alors Grace reçoit un texte de la même invite qu'avant

    Scénario: un autre processus du serveur
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le serveur redémarre
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un texte de la même invite qu'avant

    Plan du Scénario: <autre>
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et que Grace a d'autres révolutions lunaires
      Et qu'Ada demande le rapport
      Quand <qui> demande <rapport>
      Alors <qui> reçoit un texte d'une autre invite qu'avant

      Exemples:
        | autre                | qui   | rapport               |
        | un autre sujet       | Ada   | le climat du rapport  |
        | une autre langue     | Ada   | le rapport en anglais |
        | une autre révolution | Grace | le rapport            |

  @LI-3
  Règle: Une invite ne nomme personne

    Scénario: quelqu'un qui a un compte demande
      Étant donné que le service Claude va bien
      Et qu'Ada a un compte
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit un texte d'une invite qui ne nomme personne

    Scénario: un texte est réécrit
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un texte d'une invite qui ne nomme personne
