using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FiguresAreKept : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "FigureChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Answered = table.Column<long>(type: "INTEGER", nullable: false),
                    AnsweredLate = table.Column<long>(type: "INTEGER", nullable: false),
                    AskMinutes = table.Column<long>(type: "INTEGER", nullable: false),
                    CloseMinutes = table.Column<long>(type: "INTEGER", nullable: false),
                    Closed = table.Column<long>(type: "INTEGER", nullable: false),
                    Dispatched = table.Column<long>(type: "INTEGER", nullable: false),
                    Excluded = table.Column<long>(type: "INTEGER", nullable: false),
                    FinalBasically = table.Column<long>(type: "INTEGER", nullable: false),
                    FinalContacted = table.Column<long>(type: "INTEGER", nullable: false),
                    FinalSatisfied = table.Column<long>(type: "INTEGER", nullable: false),
                    FinalSolved = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstBasically = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstContacted = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstSatisfied = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstSolved = table.Column<long>(type: "INTEGER", nullable: false),
                    HandleMinutes = table.Column<long>(type: "INTEGER", nullable: false),
                    MatchMinutes = table.Column<long>(type: "INTEGER", nullable: false),
                    Merged = table.Column<long>(type: "INTEGER", nullable: false),
                    Proactive = table.Column<long>(type: "INTEGER", nullable: false),
                    Raised = table.Column<long>(type: "INTEGER", nullable: false),
                    Redone = table.Column<long>(type: "INTEGER", nullable: false),
                    TwiceNo = table.Column<long>(type: "INTEGER", nullable: false),
                    Valid = table.Column<long>(type: "INTEGER", nullable: false),
                    Whistled = table.Column<long>(type: "INTEGER", nullable: false),
                    WhistledMinutes = table.Column<long>(type: "INTEGER", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Dimension = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureChanges", x => x.Id);
                });

            // Without a row number of its own the table is the index: a span of days is read in one stretch. What it holds can be
            // counted anew at any time.
            migrationBuilder.Sql(
                """
                CREATE TABLE "Tallies" (
                    "District" TEXT NOT NULL,
                    "Dimension" TEXT NOT NULL,
                    "IsMonth" INTEGER NOT NULL,
                    "Start" TEXT NOT NULL,
                    "Subject" TEXT NOT NULL,
                    "Answered" INTEGER NOT NULL,
                    "AnsweredLate" INTEGER NOT NULL,
                    "AskMinutes" INTEGER NOT NULL,
                    "CloseMinutes" INTEGER NOT NULL,
                    "Closed" INTEGER NOT NULL,
                    "Dispatched" INTEGER NOT NULL,
                    "Excluded" INTEGER NOT NULL,
                    "FinalBasically" INTEGER NOT NULL,
                    "FinalContacted" INTEGER NOT NULL,
                    "FinalSatisfied" INTEGER NOT NULL,
                    "FinalSolved" INTEGER NOT NULL,
                    "FirstBasically" INTEGER NOT NULL,
                    "FirstContacted" INTEGER NOT NULL,
                    "FirstSatisfied" INTEGER NOT NULL,
                    "FirstSolved" INTEGER NOT NULL,
                    "HandleMinutes" INTEGER NOT NULL,
                    "MatchMinutes" INTEGER NOT NULL,
                    "Merged" INTEGER NOT NULL,
                    "Proactive" INTEGER NOT NULL,
                    "Raised" INTEGER NOT NULL,
                    "Redone" INTEGER NOT NULL,
                    "TwiceNo" INTEGER NOT NULL,
                    "Valid" INTEGER NOT NULL,
                    "Whistled" INTEGER NOT NULL,
                    "WhistledMinutes" INTEGER NOT NULL,
                    CONSTRAINT "PK_Tallies" PRIMARY KEY ("District", "Dimension", "IsMonth", "Start", "Subject")
                ) WITHOUT ROWID;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FigureChanges");

            migrationBuilder.DropTable(
                name: "Tallies");
        }
    }
}
