# language: fr
Fonctionnalité: Identifiants de demande
  Pour retrouver une demande parmi des milliers, un exploitant utilise son identifiant : il figure dans la réponse, et
  sur chaque ligne que le serveur a journalisée pour elle.

  @LR-9
  Règle: L'identifiant d'une demande figure dans sa réponse et sur chacune de ses lignes de journal

    Scénario: une demande apporte son propre identifiant
      Étant donné qu'Ada a un thème natal
      Quand Ada demande la révolution courante sous l'identifiant "order-4711"
      Alors Ada reçoit sa réponse sous l'identifiant "order-4711"
      Et chaque ligne du journal pour la demande faite par Ada porte cet identifiant
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    Scénario: une demande apporte l'identifiant le plus long qui soit accepté
      Étant donné qu'Ada a un thème natal
      Quand Ada demande la révolution courante sous un identifiant de 128 caractères
      Alors Ada reçoit sa réponse sous un identifiant de 128 caractères
      Et chaque ligne du journal pour la demande faite par Ada porte cet identifiant
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    Scénario: une demande n'en apporte pas
      Étant donné qu'Ada a un thème natal
      Quand Ada demande la révolution courante sous aucun identifiant
      Alors Ada reçoit sa réponse sous un identifiant créé par le serveur
      Et chaque ligne du journal pour la demande faite par Ada porte cet identifiant
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    Plan du scénario: une demande apporte un identifiant dangereux : <quoi>
      Étant donné qu'Ada a un thème natal
      Quand Ada demande la révolution courante sous <quoi>
      Alors Ada reçoit sa réponse sous un identifiant créé par le serveur
      Et cet identifiant dangereux n'est nulle part dans le journal

      Exemples:
        | quoi                                                |
        | un identifiant avec une tabulation                  |
        | un identifiant avec un code de contrôle du terminal |
        | un identifiant avec un blanc                        |
        | un identifiant avec une lettre hors de l'ASCII      |
        | un identifiant de 129 caractères                    |
        | un identifiant de trois cents caractères            |
