REM What a person does with a document in LibreOffice: replaces a text, types a row of a table, a heading and an answer, saves.
Sub Edit(names As String, folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim how(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  how(0).Name = "FilterName"
  On Error GoTo Wrong
  For Each name In Split(names, "|")
    document = StarDesktop.loadComponentFromURL(name, "_blank", 0, hidden())
    change = document.createReplaceDescriptor()
    change.SearchString = "FOI-9"
    change.ReplaceString = "FOI-10"
    document.replaceAll(change)
    If document.TextTables.Count > 0 Then
      table = document.TextTables.getByIndex(0)
      table.Rows.insertByIndex(table.Rows.Count, 1)
      cells = table.CellNames
      table.getCellByName(cells(UBound(cells))).String = "Typed in a table"
    End If
    text = document.Text
    cursor = text.createTextCursor()
    cursor.gotoEndOfParagraph(False)
    text.insertString(cursor, ", checked", False)
    cursor.gotoEnd(False)
    text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
    cursor.NumberingStyleName = "" REM Enter once more leaves a list
    text.insertString(cursor, "Typed heading", False)
    cursor.ParaStyleName = "Heading 2"
    text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
    text.insertString(cursor, "Typed answer", False)
    cursor.ParaStyleName = "Text body"
    If Right(name, 5) = ".docx" Then how(0).Value = "MS Word 2007 XML" Else how(0).Value = "writer8"
    parts = Split(name, "/")
    document.storeToURL(folder & "/" & parts(UBound(parts)), how())
    document.close(True)
  Next
Wrong:
  If Err <> 0 Then
    file = FreeFile
    Open folder & "/wrong.txt" For Output As #file
    Print #file, name & ": " & Error
    Close #file
  End If
  StarDesktop.terminate()
End Sub
