# language: fr
Fonctionnalité: Identifiants de demande
  Qui doit retrouver ce qu'est devenue une demande parmi des milliers en a l'identifiant : dans la réponse, et sur
  chaque ligne que le serveur a journalisée pour elle.

  @LR-9
  Règle: L'identifiant d'une demande figure dans sa réponse et sur chacune de ses lignes de journal

    Scénario: une demande apporte son propre identifiant
      Étant donné qu'Ada a un thème natal
      Quand Ada demande la révolution courante sous l'identifiant "order-4711"
      Alors la réponse porte l'identifiant "order-4711"
      Et chaque ligne du journal pour cette demande porte cet identifiant

    Scénario: une demande n'en apporte pas
      Étant donné qu'Ada a un thème natal
      Quand Ada demande la révolution courante sous l'identifiant ""
      Alors la réponse porte un identifiant créé par le serveur
      Et chaque ligne du journal pour cette demande porte cet identifiant

    Plan du scénario: une demande apporte un identifiant dangereux : <quoi>
      Étant donné qu'Ada a un thème natal
      Quand Ada demande la révolution courante sous un identifiant avec <quoi>
      Alors la réponse porte un identifiant créé par le serveur
      Et cet identifiant dangereux n'est nulle part dans le journal

      Exemples:
        | quoi                            |
        | une tabulation                  |
        | un code de contrôle du terminal |
        | un blanc                        |
        | une lettre hors de l'ASCII      |
        | trois cents caractères          |
