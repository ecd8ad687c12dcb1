# language: fr
Fonctionnalité: Le grand livre garde ce qui a été écrit
  Un auditeur se fie aux livres parce que personne ne peut les réécrire, pas même qui atteint la base.

  @VR-13 @both-databases
  Règle: La base elle-même refuse de modifier ou de supprimer des écritures du grand livre

    Plan du scénario: quelqu'un essaie <quoi>
      Étant donné qu'Ada a 10.00 AED dans le coffre
      Quand quelqu'un essaie, hors du serveur, <quoi>
      Alors la base le refuse
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                                   |
        | de modifier le montant d'une écriture                  |
        | de modifier le compte d'une écriture                   |
        | de ne rien modifier d'une écriture                     |
        | de modifier toutes les écritures à la fois             |
        | de supprimer une écriture                              |
        | de supprimer toutes les écritures                      |
        | de mettre une autre écriture à la place d'une écriture |

    @database.postgres
    Scénario: quelqu'un essaie de vider le grand livre
      Étant donné qu'Ada a 10.00 AED dans le coffre
      Quand quelqu'un essaie, hors du serveur, de vider le grand livre
      Alors la base le refuse
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

  @VR-13 @both-databases
  Règle: La base elle-même refuse les écritures et les lots impossibles

    Plan du scénario: quelqu'un essaie même <quoi>
      Étant donné qu'Ada a 10.00 AED dans le coffre
      Quand quelqu'un essaie, hors du serveur, <quoi>
      Alors la base le refuse
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                          |
        | d'inscrire un crédit négatif                  |
        | d'inscrire un débit positif                   |
        | d'inscrire un montant nul                     |
        | d'avoir un lot nul                            |
        | d'avoir un lot négatif                        |
        | d'avoir plus de libéré que le lot ne contient |
        | d'avoir un montant libéré négatif             |
        | d'avoir un lot libéré dont il reste une part  |
        | d'avoir deux lots pour un dépôt               |
