# language: fr
Fonctionnalité: Des thèmes natals qui changent pendant que d'autres travaillent
  Tout ce qui est créé repose sur le thème natal d'une personne. Quand le thème change, rien du précédent ne doit venir
  après ; et le thème peut être de n'importe quel lieu et de n'importe quelle heure.

  @LR-1 @both-databases
  Règle: Ce qui repose sur un autre thème n'est pas gardé

    Scénario: le thème change pendant qu'une génération est en cours
      Étant donné qu'Ada a un thème natal
      Et que chaque génération dure 1500 ms de plus
      Et qu'une demande faite par Ada est en train de générer
      Quand Ada donne un autre thème natal
      Alors la demande faite par Ada est invitée à recommencer
      Et Ada a des révolutions pour 0 mois consécutifs
      Et rien d'autre n'a changé

    Plan du scénario: le premier thème de <personne> arrive vingt fois en même temps
      Étant donné que <personne> a un compte
      Quand <personne> envoie un thème natal 20 fois en même temps
      Alors toutes les 20 sont acceptées
      Et <personne> reçoit le thème natal envoyé
      Et rien d'autre n'a changé

      Exemples: que deux se rencontrent est un hasard
        | personne |
        | Ada      |
        | Grace    |
        | Edsger   |

  @AC-4 @both-databases
  Règle: Quand une personne s'en va, son thème est supprimé, et celui de personne d'autre

    Scénario: une personne s'en va, qui a un thème et pas encore de révolution
      Étant donné qu'Ada a un compte
      Et qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et que Grace demande la révolution courante
      Quand Ada supprime son compte
      Alors Ada n'a laissé aucune trace
      Et rien d'autre n'a changé

  @LR-1
  Règle: Douze mois sont créés pour une naissance en tout lieu et à toute heure

    Plan du scénario: <champ> <valeur>
      Étant donné qu'Ada a un compte
      Et qu'Ada envoie un thème natal dont le champ <champ> vaut <valeur>
      Quand Ada essaie de demander la révolution courante
      Alors Ada reçoit une révolution qui a commencé
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

      Exemples:
        | champ          | valeur               |
        | latitude       | 90                   |
        | longitude      | 180                  |
        | birth_datetime | 1800-01-01T00:00:00Z |

      @cost.seconds
      Exemples: suite
        | champ          | valeur                           |
        | latitude       | -90                              |
        | longitude      | -180                             |
        | birth_datetime | 2000-02-29T23:59:59.999999+14:00 |

  @LR-10 @both-databases @target.inprocess
  Règle: Le journal dit qui a échoué, et que le verrou a été libéré

    Scénario: un calcul échoue
      Étant donné que le prochain calcul échoue au bout de 0 seconde
      Et qu'Ada a un thème natal
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 503 "The returns could not be calculated"
      Et le journal montre 1 demande qui a échoué puis libéré le verrou
      Et Ada reçoit sa réponse sous l'identifiant de sa demande
      Et chaque ligne du journal pour la demande faite par Ada porte cet identifiant

  @LR-9
  Règle: L'identifiant d'une demande figure dans sa réponse et sur ses lignes de journal, même quand elle est refusée

    Plan du scénario: une demande refusée avec <statut> : <quoi>
      Étant donné qu'Ada a un compte
      Quand Ada envoie <quoi>
      Alors Ada est refusée avec <statut> "<mots>"
      Et Ada reçoit sa réponse sous l'identifiant de sa demande
      Et chaque ligne du journal pour la demande faite par Ada porte cet identifiant
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                      | statut | mots                     |
        | un mauvais mot de passe                   | 401    | is wrong                 |
        | un thème natal coupé                      | 400    | not well-formed JSON     |
        | un thème natal d'un autre type de contenu | 415    | must be application/json |

      @cost.seconds
      Exemples: suite
        | quoi                                            | statut | mots           |
        | un nouveau compte                               | 409    | exists already |
        | un thème natal dont le champ latitude vaut 90.1 | 422    | latitude       |

    Scénario: une demande refusée avec 404 : une purge là où aucune n'est permise
      Étant donné que l'option ALLOW_DEV_PURGE n'est pas définie
      Et qu'Ada a un compte
      Quand Ada envoie une purge
      Alors Ada est refusée avec 404 "There is nothing here"
      Et Ada reçoit sa réponse sous l'identifiant de sa demande
      Et chaque ligne du journal pour la demande faite par Ada porte cet identifiant
      Et rien d'autre n'a changé
